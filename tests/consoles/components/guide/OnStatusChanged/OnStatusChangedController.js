({
  heard: function (component, event, helper) {
    console.log("heard StatusChanged");
    console.log("statusId = " + event.getParam("statusId"));
    console.log("channels = " + event.getParam("channels"));
    console.log("statusName = " + event.getParam("statusName"));
    console.log("statusApiName = " + event.getParam("statusApiName"));
  }
})
