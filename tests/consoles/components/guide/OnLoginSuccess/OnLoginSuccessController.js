({
  heard: function (component, event, helper) {
    console.log("heard LoginSuccess");
    console.log("statusId = " + event.getParam("statusId"));
  }
})
