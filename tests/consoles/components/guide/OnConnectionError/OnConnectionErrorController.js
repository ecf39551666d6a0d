({
  heard: function (component, event, helper) {
    console.log("heard ConnectionError");
    console.log("error = " + event.getParam("error"));
  }
})
